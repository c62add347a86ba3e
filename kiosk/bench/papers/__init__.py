"""`kiosk bench papers`: what setting a resolution costs, beside WeasyPrint and Chromium printing the same."""
