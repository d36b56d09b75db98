"""What investment computes and nobody stores: the clock of a permit, a tax credit."""
