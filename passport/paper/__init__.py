"""What is printed: QR codes, wallet card, booklet."""
