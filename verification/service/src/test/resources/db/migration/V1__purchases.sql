create table purchase (id bigint primary key, customer varchar(255));
create table line (id bigint primary key, article varchar(255), purchase_id bigint references purchase);
create table tag (id bigint primary key, word varchar(255), line_id bigint references line);
