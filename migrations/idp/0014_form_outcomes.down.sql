DROP TABLE form_outcomes;
