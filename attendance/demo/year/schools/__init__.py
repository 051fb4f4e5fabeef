"""What the made-up schools do: watch their registers, help, ask for notices, and answer the authority."""
