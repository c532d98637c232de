DROP TABLE bff_kept_forms;
