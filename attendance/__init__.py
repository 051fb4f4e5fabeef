"""Attendance casework for a local authority in England."""
