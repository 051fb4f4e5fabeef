"""What the made-up officers do: work off the due list, look at samples, let letters go, decide."""
