"""Help as data: every topic, and which one belongs to which page."""

from passport.web.help_topics.about import ABOUT
from passport.web.help_topics.safety import SAFETY
from passport.web.help_topics.sharing import SHARING
from passport.web.help_topics.telling import TELLING
from passport.web.help_topics.topic import Topic, TopicGroup

GROUPS: tuple[TopicGroup, ...] = (TELLING, SHARING, SAFETY, ABOUT)
TOPICS: dict[str, Topic] = {topic.key: topic for group in GROUPS for topic in group.topics}
