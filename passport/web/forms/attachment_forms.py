"""Forms for the files of a part of the story."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField, TextAreaField

from passport.web.forms.passport_form import PassportForm


class DescribeForm(PassportForm):
    """The words about a file."""

    caption = StringField(
        _l("What does it show or say?"),
        description=_l("A few words, such as “How to put on my splint”. Readers see them first."),
    )
    transcript = TextAreaField(
        _l("What is to be heard or seen, in words"),
        description=_l(
            "For people who can't hear or see it, or have no time to. You can do this later."
        ),
    )


class AddFileForm(DescribeForm):
    """A file and the words about it. Forms hold texts only, so the page looks for the file."""

    file = FileField(
        _l("Choose a file"),
        description=_l(
            "A photo, a sound of up to 3 minutes, a video of up to 1 minute, a PDF or a plain "
            "text. No more than 50 MB."
        ),
    )
