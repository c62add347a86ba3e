"""What the statutes and the village itself lay down: rule rows, floors, the catalogue, periods, who is on the roll."""
