"""`python -m attendance`."""

from attendance.cli.main import main

main()
