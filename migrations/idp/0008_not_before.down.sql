DROP TABLE realm_state;
