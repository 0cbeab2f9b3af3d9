"""What only numbers in bulk can say: habits of ordering, crowds below a limit, chance. Typologies call it."""
