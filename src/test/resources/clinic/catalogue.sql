-- What every sample clinic has before the first patient comes. All names and prices are invented.

INSERT INTO dbo.OwnCompanies (ID, Name, BranchName) VALUES
    (1, N'ООО «Зубная фея»', N'Филиал на Берёзовой'),
    (2, N'ООО «Зубная фея плюс»', N' Филиал у пруда '),
    (3, N'ИП Клыкастов', NULL);

INSERT INTO dbo.Armchairs (ID, NameArmchair, ID_OwnCompanies, Archive) VALUES
    (1, N'Терапия 1', 1, NULL),
    (2, N'Терапия 2', 1, 0),
    (3, N'Хирургия', 2, NULL),
    (4, N'Ортопедия', 2, NULL),
    (5, N'Детский', 3, NULL),
    (6, N'Старое кресло', NULL, 1);

INSERT INTO dbo.Persons (ID, Surname, Name, Patronymic, Birthday, MobilePhone) VALUES
    (1, N'Бормашинский', N'Аристарх', N'Пломбирович', NULL, NULL),
    (2, N'Коронкина ', N'Евпраксия', N'Мостовна', NULL, NULL),
    (3, N'Эмалевская', N'Фёкла', N'', NULL, NULL),
    (4, N'Дентинов', N'Прохор', N'Керамикович', NULL, NULL),
    (5, N'Пульпитова', N'Глафира', NULL, NULL, NULL);

INSERT INTO dbo.Staffs (ID_Persons, Archive) VALUES (1, NULL), (2, 0), (3, NULL), (4, NULL), (5, 1);

INSERT INTO dbo.ServiceItems (ID, Name, NotAService) VALUES
    (1, N'Консультация', 0),
    (2, N'Профессиональная гигиена', 0),
    (3, N'Лечение кариеса', 0),
    (4, N'Лечение пульпита ', NULL),
    (5, N'Удаление зуба', 0),
    (6, N'Коронка керамическая', 0),
    (7, N'Имплантат', 0),
    (8, N'Снимок', 0),
    (9, N'Анестезия', 0),
    (10, N'Зубная щётка', 1);

INSERT INTO dbo.ServiceItemPrices (ID, ID_ServiceItems, ID_ServicePriceGroups, Price) VALUES
    (1, 1, 1, 0.00),
    (2, 2, 1, 4500.00),
    (3, 3, 1, 5200.50),
    (4, 4, 1, 9800.00),
    (5, 5, 1, 3700.00),
    (6, 6, 1, 27500.00),
    (7, 7, 1, 39999.99),
    (8, 8, 1, 600.00),
    (9, 9, 1, 750.00),
    (10, 10, 1, 390.00);
