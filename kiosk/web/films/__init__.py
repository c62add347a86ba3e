"""What officers do with films after their meeting: give a reason to look, read who looked, delete, let a clip out."""
