"""Takes rows of consignees or their comparison keys; gives distinct records and how many share each value."""
