"""What starts, installs and ships the application; imports nothing of it."""
