"""Forms for the files of a part of the story."""

from flask_babel import lazy_gettext as _
from wtforms import FileField, StringField, TextAreaField

from passport.web.forms.passport_form import PassportForm


class DescribeForm(PassportForm):
    """The words about a file."""

    caption = StringField(
        _("What does it show or say?"),
        description=_("A few words, such as “How to put on my splint”. Readers see them first."),
    )
    transcript = TextAreaField(
        _("What is to be heard or seen, in words"),
        description=_(
            "For people who can't hear or see it, or have no time to. You can do this later."
        ),
    )


class AddFileForm(DescribeForm):
    """A file and the words about it. Forms hold texts only, so the page looks for the file."""

    file = FileField(
        _("Choose a file"),
        description=_(
            "A photo, a sound of up to 3 minutes, a video of up to 1 minute, a PDF or a plain "
            "text. No more than 50 MB."
        ),
    )
