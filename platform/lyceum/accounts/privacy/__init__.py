"""What is held on a person or a school: handed out to them, and taken away."""
