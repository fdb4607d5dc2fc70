"""What keeps a model from promising what nobody can keep."""
