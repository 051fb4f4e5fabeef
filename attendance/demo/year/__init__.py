"""A school year of casework in a made-up authority, done day by day through the real services.

- Made-up schools, officers and parents act by reading the due list and the registers, as users would; nothing
  is written behind the services' back.
- What the law or the local code refuses is tried where a family's story needs it, and must be refused.
- Deterministic: the same size, seed and days give the same references, states and letters.
"""
