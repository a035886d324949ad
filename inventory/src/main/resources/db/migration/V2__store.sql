-- The store's first stock. Stats for drag-race: powerKw, massKg, grip (friction coefficient), shiftMs (a gear change).
INSERT INTO cars (car_id, name, kind, price, slots, stats) VALUES
  ('street-one', 'Street One', 'street', 0, 2, '{"powerKw": 110, "massKg": 1180, "grip": 0.95, "shiftMs": 240}'),
  ('street-gt', 'Street GT', 'street', 900, 3, '{"powerKw": 165, "massKg": 1290, "grip": 1.0, "shiftMs": 200}'),
  ('volt-mini', 'Volt Mini', 'electric', 1200, 2, '{"powerKw": 150, "massKg": 1350, "grip": 1.02, "shiftMs": 60}'),
  ('muscle-v8', 'Muscle V8', 'muscle', 2400, 3, '{"powerKw": 290, "massKg": 1690, "grip": 1.02, "shiftMs": 230}'),
  ('muscle-blown', 'Muscle Blown', 'muscle', 5200, 4, '{"powerKw": 430, "massKg": 1730, "grip": 1.1, "shiftMs": 190}'),
  ('volt-hyper', 'Volt Hyper', 'electric', 9800, 4, '{"powerKw": 620, "massKg": 1980, "grip": 1.2, "shiftMs": 50}');

INSERT INTO items (item_id, name, fits, price, stats) VALUES
  ('soft-tyres', 'Soft tyres', NULL, 150, '{"grip": 0.05}'),
  ('slick-tyres', 'Slick tyres', NULL, 450, '{"grip": 0.15}'),
  ('light-seats', 'Light seats', NULL, 200, '{"massKg": -35}'),
  ('carbon-bonnet', 'Carbon bonnet', NULL, 600, '{"massKg": -70}'),
  ('short-shifter', 'Short shifter', 'street', 250, '{"shiftMs": -40}'),
  ('race-gearbox', 'Race gearbox', 'muscle', 900, '{"shiftMs": -80, "massKg": 15}'),
  ('street-turbo', 'Street turbo', 'street', 700, '{"powerKw": 45, "massKg": 20}'),
  ('big-block-kit', 'Big-block kit', 'muscle', 1600, '{"powerKw": 90, "massKg": 40}'),
  ('cold-cells', 'Cold cells', 'electric', 1100, '{"powerKw": 60, "massKg": 25}'),
  ('torque-controller', 'Torque controller', 'electric', 500, '{"grip": 0.08}');
