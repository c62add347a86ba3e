"""The settings: register, officers, screens, rules, periods, catalogue, corrections, the rehearsal's clock."""
