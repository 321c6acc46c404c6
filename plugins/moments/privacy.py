"""What moments hold on a person, and how counts forget them."""

from __future__ import annotations

from datetime import datetime

from lyceum.plugin.privacy import DELETE, Holding, Person, Provider, SchoolHolding
from plugins.moments.models import Comment, CommentLike, Like, Moment
from plugins.moments.services.states import lock_threads, recount

OTHERS = "It is what others did, and is theirs to see."


def erase(person: Person, at: datetime) -> None:
    """Take a person's own away, and count anew where it was counted."""
    likes = Like.objects.filter(person_id=person.id)
    comment_likes = CommentLike.objects.filter(person_id=person.id)
    comments = Comment.objects.filter(author_id=person.id)
    own = Moment.objects.filter(author_id=person.id)
    moments = {
        *likes.values_list("moment", flat=True),
        *comments.values_list("moment", flat=True),
        *own.exclude(shared=None).values_list("shared", flat=True),
    }
    parents = {
        *comment_likes.values_list("comment", flat=True),
        *comments.exclude(parent=None).values_list("parent", flat=True),
    }
    likes.delete()
    comment_likes.delete()
    # As those who like and comment do: the row of the like first, then the moment, then the rest.
    # Latest first, as a share is locked before what it shares.
    lock_threads(moments)
    comments.delete()
    own.delete()
    recount(moments, parents)


PRIVACY = Provider(
    holdings=(
        Holding("moments.Moment", "author", DELETE, untold=("author", "shared"), part="moments"),
        Holding("moments.Tagging", "moment__author", DELETE, untold=("*",), reason="In moments."),
        Holding("moments.Media", "owner", DELETE, files=("file",), part="media"),
        Holding("moments.Like", "person", DELETE, told=("at",), part="likes"),
        Holding(
            "moments.Comment",
            "author",
            DELETE,
            told=("uuid", "text", "state", "created_at", "edited_at"),
            part="comments",
        ),
        Holding("moments.CommentLike", "person", DELETE, told=("at",), part="comment-likes"),
        Holding("moments.Follow", "follower", DELETE, told=("at",), part="following"),
        Holding("moments.Follow", "followed", DELETE, told=("at",), part="followers"),
        Holding("moments.Mention", "person", DELETE, untold=("*",), reason=OTHERS),
        Holding("moments.Activity", "person", DELETE, told=("kind", "at"), part="told-to-you"),
        Holding("moments.Activity", "actor", DELETE, told=("kind", "at"), part="activity"),
        Holding("moments.Participant", "person", DELETE, untold=("person",), part="choices"),
    ),
    of_schools=(SchoolHolding("moments.Media", files=("file",), part="media"),),
    erase=erase,
)
