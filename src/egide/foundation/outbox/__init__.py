"""The one way out for e-mail and text messages: held until its hours, sent once, dropped when it may no longer go.

Not here: whose safe contact it is nor which words are safe (the field), nor the gateway that carries the messages away.
"""
