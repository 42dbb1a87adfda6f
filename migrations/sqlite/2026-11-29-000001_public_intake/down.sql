drop table complainant_messages;
drop table receipts;
drop table receipt_derivation;
