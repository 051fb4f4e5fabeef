"""The casework over HTTP: what services do, for programs and pages, and nothing of its own."""
