"""What the guide's site does with a page before mkdocs reads it. The pages themselves are plain Markdown, as GitHub shows it."""

import re

FENCE = re.compile(r"^```([a-z]+)((?:,[a-z_-]+)*)$", re.MULTILINE)
PICTURE = re.compile(r"^!\[([^\]]+)\]\((pictures/[a-z-]+\.svg)\)$", re.MULTILINE)
ROW = re.compile(r"^\|.*", re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
CELL = re.compile(r"<t[dh]\b.*?</t[dh]>", re.DOTALL)
IN_CODE = re.compile(r"(?<=<code>)[^<]*")
PUNCTUATION = re.compile(r"([/._:(=])(?=\w)")
TITLES = {"compile_fail": "Does not compile", "sh": "For your shell"}
# What Pygments calls otherwise.
HIGHLIGHTED = {"caddyfile": "nginx", "dotenv": "ini"}


def fence(match):
    """`rust,compile_fail` becomes what superfences understands, with a title that says so."""
    titles = [TITLES[word] for word in match[0][3:].split(",") if word in TITLES]
    return "```" + HIGHLIGHTED.get(match[1], match[1]) + "".join(f' title="{title}"' for title in titles)


def row(match):
    """Within code in a table GitHub reads an escaped bar, and Python-Markdown a bare one."""
    return CODE.sub(lambda code: code[0].replace("\\|", "|"), match[0])


def on_page_markdown(markdown, page, config, files):
    def picture(match):
        """A picture stands in the page itself, so that it has the palette that the reader chose."""
        folder = page.file.src_uri.rpartition("/")[0]
        svg = files.get_file_from_path(f"{folder}/{match[2]}").content_string
        return f'<p>{svg.replace("<svg ", f"""<svg role="img" aria-label="{match[1]}" """, 1)}</p>'.replace("\n", " ")

    return PICTURE.sub(picture, FENCE.sub(fence, ROW.sub(row, markdown)))


def on_page_content(html, page, config, files):
    """Lets code in a table break after punctuation, since a phone has no room for it in one line."""
    return CELL.sub(lambda cell: IN_CODE.sub(lambda code: PUNCTUATION.sub(r"\1<wbr>", code[0]), cell[0]), html)


def on_post_page(output, page, config):
    """Names the theme's search, which is a dialog."""
    return output.replace('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"')
