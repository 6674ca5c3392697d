"""Facts and checks of handovers: the draft, its lines, the systems listed without their secrets. Plain Python."""
