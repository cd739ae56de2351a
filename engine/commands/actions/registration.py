"""Importing this module registers the handlers and runners of all office work on user tasks."""

from engine.commands.actions import (
    answer_recorded_signature,
    decide_intervention,
    delegate_user_task,
    read_copy,
    recall_delegation,
    record_for_person,
    remove_signer,
    request_intervention,
    return_user_task,
    scan_recorded_signature,
    send_copies,
    sign_user_task,
    transfer_user_task,
    urge_user_task,
    withdraw_user_task,
)

__all__ = [
    "answer_recorded_signature",
    "decide_intervention",
    "delegate_user_task",
    "read_copy",
    "recall_delegation",
    "record_for_person",
    "remove_signer",
    "request_intervention",
    "return_user_task",
    "scan_recorded_signature",
    "send_copies",
    "sign_user_task",
    "transfer_user_task",
    "urge_user_task",
    "withdraw_user_task",
]
