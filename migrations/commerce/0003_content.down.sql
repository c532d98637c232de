DROP TABLE content_pages;
