"""How ministries and the signed-in user are shown by the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Membership, Ministry, MinistrySuccession, Office, User
from common.serializers import NounSerializer, ProvenanceSerializer, Reference, TierField


class MinistryReference(Reference):
    noun = "ministry"
    full = "accounts.serializers.MinistrySerializer"

    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class OfficeReference(Reference):
    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class SuccessionSerializer(serializers.ModelSerializer):
    """From `starts_on` the successor holds what `scope` says."""

    successor = MinistryReference()
    scope = serializers.CharField(read_only=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = MinistrySuccession
        fields: ClassVar = ["successor", "starts_on", "function", "scope", "is_main", "provenance"]
        read_only_fields = fields


class MinistrySerializer(NounSerializer):
    prefetch = ("successions__successor",)

    name = serializers.CharField()
    successions = SuccessionSerializer(many=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Ministry
        fields: ClassVar = [
            "id", "key", "code", "name", "name_ko", "name_ko_confidence", "name_en", "name_en_confidence",
            "short_ko", "short_ko_confidence",
            "valid_from", "valid_to", "successions", "provenance", "version",
        ]  # fmt: skip


class OfficeSerializer(NounSerializer):
    select = ("ministry",)

    name = serializers.CharField()
    role = serializers.CharField()
    ministry = MinistryReference(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Office
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "ministry", "role", "role_ko", "role_en",
            "valid_from", "valid_to", "provenance", "version",
        ]  # fmt: skip


class MembershipSerializer(serializers.ModelSerializer):
    ministry = MinistryReference(allow_null=True)
    office = OfficeReference(allow_null=True)

    class Meta:
        model = Membership
        fields: ClassVar = ["role", "ministry", "office", "valid_from", "valid_to"]
        read_only_fields = fields


class TokenInUseSerializer(serializers.Serializer):
    """The token that this request came with; never its text."""

    name = serializers.CharField()
    scope = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MeSerializer(serializers.ModelSerializer):
    """Who the API takes the caller for."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)
    clearance = TierField()
    memberships = MembershipSerializer(source="memberships_now", many=True, read_only=True)
    token = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields: ClassVar = ["id", "username", "name", "clearance", "memberships", "token"]
        read_only_fields = fields

    @extend_schema_field(TokenInUseSerializer(allow_null=True))
    def get_token(self, user: User) -> Any:
        token = self.context["request"].auth
        return TokenInUseSerializer(token).data if token else None
