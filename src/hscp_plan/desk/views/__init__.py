"""The pages of the desk: what is answered to a request, and to a form that was refused."""
