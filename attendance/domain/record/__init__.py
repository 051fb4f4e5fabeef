"""The record: what it may say, how its entries are chained, signed and checked."""
