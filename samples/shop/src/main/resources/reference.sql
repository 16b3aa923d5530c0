-- Reference data. Customers, products and orders come from SampleData.

INSERT INTO warehouse VALUES
  ('LEJ', 'DE', 'Europe/Berlin',   14, 17),
  ('MEM', 'US', 'America/Chicago', 15, 20);

INSERT INTO country VALUES
  ('DE', 'Germany',        'Europe/Berlin',    'SAT,SUN', TRUE,  'LEJ', 2, 1),
  ('FR', 'France',         'Europe/Paris',     'SAT,SUN', TRUE,  'LEJ', 3, 1),
  ('DK', 'Denmark',        'Europe/Copenhagen','SAT,SUN', TRUE,  'LEJ', 3, 2),
  ('CH', 'Switzerland',    'Europe/Zurich',    'SAT,SUN', FALSE, 'LEJ', 4, 2),
  ('GB', 'United Kingdom', 'Europe/London',    'SAT,SUN', FALSE, 'LEJ', 5, 2),
  ('KW', 'Kuwait',         'Asia/Kuwait',      'FRI,SAT', FALSE, 'LEJ', 8, 4),
  ('JP', 'Japan',          'Asia/Tokyo',       'SAT,SUN', FALSE, 'LEJ', 9, 4),
  ('US', 'United States',  'America/New_York', 'SAT,SUN', FALSE, 'MEM', 4, 2);

INSERT INTO holiday VALUES
  ('DE', DATE '2026-05-01', 'Labour Day',            FALSE),
  ('DE', DATE '2026-05-14', 'Ascension Day',         FALSE),
  ('FR', DATE '2026-05-01', 'Labour Day',            FALSE),
  ('FR', DATE '2026-05-08', 'Victory Day',           FALSE),
  ('FR', DATE '2026-05-14', 'Ascension Day',         FALSE),
  ('DK', DATE '2026-05-01', 'Great Prayer Day',      TRUE), -- no longer a holiday since 2024
  ('DK', DATE '2026-05-14', 'Ascension Day',         FALSE),
  ('CH', DATE '2026-05-14', 'Ascension Day',         FALSE),
  ('GB', DATE '2026-05-04', 'Early May Bank Holiday', FALSE),
  ('JP', DATE '2026-04-29', 'Showa Day',             FALSE),
  ('JP', DATE '2026-05-04', 'Greenery Day',          FALSE),
  ('JP', DATE '2026-05-05', 'Children''s Day',       FALSE),
  ('JP', DATE '2026-05-06', 'Constitution Day',      FALSE),
  ('US', DATE '2026-05-25', 'Memorial Day',          FALSE);

-- A category without a rate is exempt: books and food in Britain, food in the United States, everything in Kuwait.
INSERT INTO tax_rate VALUES
  ('DE', 'BOOK', 0.0700), ('DE', 'FOOD', 0.0700), ('DE', 'TOOL', 0.1900),
  ('FR', 'BOOK', 0.0550), ('FR', 'FOOD', 0.0550), ('FR', 'TOOL', 0.2000),
  ('DK', 'BOOK', 0.2500), ('DK', 'FOOD', 0.2500), ('DK', 'TOOL', 0.2500),
  ('CH', 'BOOK', 0.0260), ('CH', 'FOOD', 0.0260), ('CH', 'TOOL', 0.0810),
  ('GB', 'TOOL', 0.2000),
  ('JP', 'BOOK', 0.1000), ('JP', 'FOOD', 0.0800), ('JP', 'TOOL', 0.1000),
  ('US', 'BOOK', 0.0700), ('US', 'TOOL', 0.0975);

INSERT INTO currency VALUES
  ('EUR', 2, 1), ('DKK', 2, 7.46), ('CHF', 2, 0.94), ('GBP', 2, 0.86), ('USD', 2, 1.08), ('JPY', 0, 162), ('KWD', 3, 0.332);

INSERT INTO coupon VALUES
  ('SPRING10', 'PERCENT', 0.1000), ('WELCOME', 'AMOUNT', 5), ('PARTNER20', 'PERCENT', 0.2000);
