"""Which pages and forms a finding reaches: who pulls in whom, followed from every page of the site."""
