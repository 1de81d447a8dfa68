"""Filing away (立卷归档): what the folder of a file must hold, what is missing, and the folder as one packet."""
