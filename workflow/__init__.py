"""What may happen to a cooperation, and making it happen."""
