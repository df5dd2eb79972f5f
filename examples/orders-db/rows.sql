-- Made up, and the same each time but for the dates, which end yesterday.
INSERT INTO customers (name, email, city, country, created_at)
SELECT
  first || ' ' || last,
  lower(first || '.' || last) || n || '@example.com',
  (ARRAY['Bergen', 'Ghent', 'Porto', 'Graz', 'Leeds', 'Lyon', 'Utrecht', 'Aarhus'])[1 + n % 8],
  (ARRAY['NO', 'BE', 'PT', 'AT', 'GB', 'FR', 'NL', 'DK'])[1 + n % 8],
  date_trunc('day', now()) - make_interval(days => 400 - 3 * n, hours => n % 24)
FROM (
  SELECT
    n,
    (ARRAY['Ada', 'Bruno', 'Celine', 'Dario', 'Elif', 'Farid', 'Greta', 'Hugo', 'Imani', 'Jonas', 'Kaia'])[1 + n % 11] AS first,
    (ARRAY['Aalto', 'Brandt', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Grant', 'Haas', 'Ito'])[1 + n * 5 % 9] AS last
  FROM generate_series(1, 120) AS n
) AS people
ORDER BY n;

INSERT INTO products (sku, name, price, stock) VALUES
  ('TNT-2P', 'Two-person tent', 249.00, 18),
  ('TNT-4P', 'Family tent', 419.00, 7),
  ('BAG-30', 'Day pack, 30 l', 79.90, 64),
  ('BAG-65', 'Trekking pack, 65 l', 189.00, 22),
  ('SLP-M5', 'Sleeping bag to -5 °C', 159.00, 31),
  ('SLP-P5', 'Summer sleeping bag', 69.50, 40),
  ('MAT-AIR', 'Air mattress', 89.00, 53),
  ('STV-GAS', 'Gas stove', 54.90, 75),
  ('POT-TI', 'Titanium pot, 0.9 l', 44.00, 38),
  ('BTL-1L', 'Steel bottle, 1 l', 27.50, 140),
  ('LMP-HD', 'Head lamp', 39.90, 96),
  ('KNF-FLD', 'Folding knife', 32.00, 58),
  ('RPE-60', 'Climbing rope, 60 m', 199.00, 12),
  ('HLM-CLB', 'Climbing helmet', 64.90, 27),
  ('JKT-RN-M', 'Rain jacket', 139.00, 45),
  ('GLV-WL', 'Wool gloves', 24.90, 0);

INSERT INTO orders (customer_id, status, placed_at)
SELECT
  1 + n * 37 % 120,
  CASE
    WHEN n % 29 = 0 THEN 'refunded'
    WHEN n <= 370 THEN 'delivered'
    ELSE (ARRAY['shipped', 'packed', 'paid', 'placed'])[1 + (n - 371) * 4 / 30]
  END,
  date_trunc('day', now()) - make_interval(hours => (400 - n) * 5 + 7, mins => n * 13 % 60)
FROM generate_series(1, 400) AS n
ORDER BY n;

INSERT INTO order_items (order_id, product_id, quantity, unit_price)
SELECT o.id, p.id, 1 + (o.id + line) % 3, p.price
FROM orders AS o
CROSS JOIN generate_series(0, 2) AS line
JOIN products AS p ON p.id = 1 + (o.id * 7 + line * 5) % 16
WHERE line <= o.id % 3;
