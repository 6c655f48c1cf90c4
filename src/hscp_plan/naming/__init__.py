"""What a person's words mean in this plan: ids, groups, meetings, filters, dates."""
