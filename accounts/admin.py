"""Users, memberships, ministries and offices in Django admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, HolidayCorrection, Membership, Ministry, MinistrySuccession, Office, User
from common.admin import LoggedAdmin, ReadOnlyAdmin


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("ministry", "office")


@admin.register(User)
class PersonAdmin(LoggedAdmin, UserAdmin):
    inlines = (MembershipInline,)
    list_display = ("username", "name_ko", "clearance", "is_active", "is_staff", "last_login")
    list_filter = ("clearance", "is_active", "is_staff", "memberships__role")
    fieldsets: ClassVar[Any] = (
        *(UserAdmin.fieldsets or ()),
        (_("Strategy Tracker"), {"fields": ("name_ko", "clearance", "language")}),
    )


class SuccessionInline(admin.TabularInline):
    model = MinistrySuccession
    fk_name = "predecessor"
    extra = 0
    autocomplete_fields = ("successor",)


@admin.register(Ministry)
class MinistryAdmin(LoggedAdmin):
    inlines = (SuccessionInline,)
    list_display = ("key", "name_ko", "name_en", "code", "valid_from", "valid_to")
    search_fields = ("key", "name_ko", "name_en", "code")


@admin.register(Office)
class OfficeAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "ministry", "valid_from", "valid_to")
    list_select_related = ("ministry",)
    search_fields = ("key", "name_ko", "name_en")
    autocomplete_fields = ("ministry",)


@admin.register(HolidayCorrection)
class HolidayCorrectionAdmin(LoggedAdmin):
    list_display = ("day", "name_ko", "ministry", "is_holiday")
    list_select_related = ("ministry",)
    list_filter = ("is_holiday", "ministry")
    search_fields = ("name_ko", "name_en")
    date_hierarchy = "day"
    autocomplete_fields = ("ministry",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "scope", "created_at", "expires_at", "revoked_at")
    list_select_related = ("user",)
    exclude: ClassVar = ("digest",)
