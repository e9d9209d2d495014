"""What is stored: one aggregate a module, on a common base; no logic of the lifecycle."""
