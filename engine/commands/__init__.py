"""Commands: all that changes anything, one file each. Importing the package registers every handler and runner."""

from engine.commands import (
    cancel_process_instance,
    claim_user_task,
    complete_user_task,
    deploy_folder,
    deploy_resources,
    fire_timer,
    publish_calendar,
    release_user_task,
    resolve_incident,
    save_draft,
    start_process_instance,
    suspend_process_instance,
    update_variables,
)

__all__ = [
    "cancel_process_instance",
    "claim_user_task",
    "complete_user_task",
    "deploy_folder",
    "deploy_resources",
    "fire_timer",
    "publish_calendar",
    "release_user_task",
    "resolve_incident",
    "save_draft",
    "start_process_instance",
    "suspend_process_instance",
    "update_variables",
]
