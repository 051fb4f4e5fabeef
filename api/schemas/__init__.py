"""What enters and leaves over HTTP, as typed models."""
