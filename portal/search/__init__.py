"""One index over what each app declares searchable; scope before rank."""
