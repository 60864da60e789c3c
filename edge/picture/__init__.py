"""The workshop command `plumbline measure`: one photograph in, joints, measures and overlay out."""
