"""Rewriting files of Camunda 7, Flowable and Activiti in the dialect Banjie reads."""
