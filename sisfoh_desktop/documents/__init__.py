"""Paper kit: letterhead, page, tables, signature zone, signing, verifying, archive, pictures of pages.

It knows no office rule and no window. Import the public files (`page`, `tables`, `text`, `signature_zone`,
`letterhead`, `signing`, `verifying`, `archive`, `rendering`): they are light, and load reportlab, pyHanko or
PDFium only when a paper is really made, signed or shown.
"""
