//! The moon and the sun, well enough to make a calendar: new moons within 20 seconds, major solar terms within a minute and a half.
//!
//! Sources: new moons by Jean Meeus, *Astronomical Algorithms* (2nd edition), chapter 49; the sun by the largest terms of VSOP87D
//! (Bretagnon and Francou 1988) with nutation and aberration as in chapters 22 and 25; the time of clocks before 1972 by the polynomials
//! of Espenak and Meeus (NASA, *Five Millennium Canon of Solar Eclipses*), since 1972 by the leap seconds of UTC.

/// 2000-01-01 at noon, in days of the Julian count.
const J2000: f64 = 2_451_545.0;

/// The instant of a new moon, in days of dynamical time; `k` counts from the one of 6 January 2000.
pub fn new_moon(k: i32) -> f64 {
    let k = f64::from(k);
    let t = k / 1236.85;
    let mean = 2_451_550.097_66
        + 29.530_588_861 * k
        + (0.000_154_37 + (-0.000_000_150 + 0.000_000_000_73 * t) * t) * t * t;
    let angle = |degrees: f64| degrees.rem_euclid(360.0).to_radians();
    // Of the earth's orbit: its flattening, and the sun's anomaly; the moon's anomaly, its distance from its node, the node.
    let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t * t;
    let sun = angle(2.5534 + 29.105_356_70 * k - (0.000_001_4 + 0.000_000_11 * t) * t * t);
    let moon =
        angle(201.5643 + 385.816_935_28 * k + (0.010_758_2 + (0.000_012_38 - 0.000_000_058 * t) * t) * t * t);
    let node =
        angle(160.7108 + 390.670_502_84 * k - (0.001_611_8 + (0.000_002_27 - 0.000_000_011 * t) * t) * t * t);
    let omega = angle(124.7746 - 1.563_755_88 * k + (0.002_067_2 + 0.000_002_15 * t) * t * t);
    // Days, and how many times the moon's anomaly, the sun's and the distance from the node; each of the sun's counts a flattening.
    let waves = [
        (-0.407_20, 1, 0, 0),
        (0.172_41, 0, 1, 0),
        (0.016_08, 2, 0, 0),
        (0.010_39, 0, 0, 2),
        (0.007_39, 1, -1, 0),
        (-0.005_14, 1, 1, 0),
        (0.002_08, 0, 2, 0),
        (-0.001_11, 1, 0, -2),
        (-0.000_57, 1, 0, 2),
        (0.000_56, 2, 1, 0),
        (-0.000_42, 3, 0, 0),
        (0.000_42, 0, 1, 2),
        (0.000_38, 0, 1, -2),
        (-0.000_24, 2, -1, 0),
        (-0.000_07, 1, 2, 0),
        (0.000_04, 2, 0, -2),
        (0.000_04, 0, 3, 0),
        (0.000_03, 1, 1, -2),
        (0.000_03, 2, 0, 2),
        (-0.000_03, 1, 1, 2),
        (0.000_03, 1, -1, 2),
        (-0.000_02, 1, -1, -2),
        (-0.000_02, 3, 1, 0),
        (0.000_02, 4, 0, 0),
    ];
    let wave = |&(days, of_moon, of_sun, of_node): &(f64, i32, i32, i32)| {
        let angle = f64::from(of_moon) * moon + f64::from(of_sun) * sun + f64::from(of_node) * node;
        days * e.powi(of_sun.abs()) * angle.sin()
    };
    let planets = [
        (325, 299.77, 0.107_408, -0.009_173),
        (165, 251.88, 0.016_321, 0.0),
        (164, 251.83, 26.651_886, 0.0),
        (126, 349.42, 36.412_478, 0.0),
        (110, 84.66, 18.206_239, 0.0),
        (62, 141.74, 53.303_771, 0.0),
        (60, 207.14, 2.453_732, 0.0),
        (56, 154.84, 7.306_860, 0.0),
        (47, 34.52, 27.261_239, 0.0),
        (42, 207.19, 0.121_824, 0.0),
        (40, 291.34, 1.844_379, 0.0),
        (37, 161.72, 24.198_154, 0.0),
        (35, 239.56, 25.513_099, 0.0),
        (23, 331.55, 3.592_518, 0.0),
    ];
    let planet = |&(millionths, at, each, square): &(i32, f64, f64, f64)| {
        f64::from(millionths) * 1e-6 * angle(at + each * k + square * t * t).sin()
    };
    mean + waves.iter().map(wave).sum::<f64>() - 0.000_17 * omega.sin()
        + planets.iter().map(planet).sum::<f64>()
}

/// Terms of the earth's longitude: hundred millionths of a radian, phase, radians in a thousand years; by powers of time.
const EARTH: [&[(f64, f64, f64)]; 4] = [
    &[
        (175_347_045.673, 0.0, 0.0),
        (3_341_656.456, 4.669_256_804_17, 6_283.075_849_991_4),
        (34_894.275, 4.626_102_417_59, 12_566.151_699_982_8),
        (3_497.056, 2.744_118_009_71, 5_753.384_884_896_8),
        (3_417.571, 2.828_865_796_06, 3.523_118_349),
        (3_135.896, 3.627_670_417_58, 77_713.771_468_120_5),
        (2_676.218, 4.418_083_513_97, 7_860.419_392_439_2),
        (2_342.687, 6.135_162_376_31, 3_930.209_696_219_6),
        (1_324.292, 0.742_463_563_52, 11_506.769_769_793_6),
        (1_273.166, 2.037_096_557_72, 529.690_965_094_6),
        (1_199.167, 1.109_629_443_15, 1_577.343_542_447_8),
        (990.250, 5.232_681_295_94, 5_884.926_846_583_2),
        (901.855, 2.045_054_435_13, 26.298_319_799_8),
        (857.223, 3.508_491_569_57, 398.149_003_408_2),
        (779.786, 1.178_826_521_14, 5_223.693_919_802_2),
        (753.141, 2.533_390_538_18, 5_507.553_238_667_4),
        (505.264, 4.582_925_635_12, 18_849.227_549_974_2),
        (492.379, 4.205_066_398_61, 775.522_611_324),
        (356.655, 2.919_541_168_67, 0.067_310_302_8),
        (317.087, 5.849_019_522_18, 11_790.629_088_658_8),
        (284.125, 1.898_690_341_86, 796.298_006_816_4),
        (271.039, 0.314_886_076_49, 10_977.078_804_699),
        (242.810, 0.344_811_409_06, 5_486.777_843_175),
        (206.160, 4.806_466_060_59, 2_544.314_419_883_4),
        (205.385, 1.869_478_136_92, 5_573.142_801_433_1),
        (202.261, 2.457_677_954_58, 6_069.776_754_553_4),
        (155.516, 0.833_060_738_07, 213.299_095_438),
        (132.212, 3.411_182_755_55, 2_942.463_423_291_6),
        (126.184, 1.083_026_302_1, 20.775_395_492_4),
        (115.132, 0.645_449_116_83, 0.980_321_068_2),
    ],
    &[
        (628_331_966_747.491, 0.0, 0.0),
        (206_058.863, 2.678_234_555_84, 6_283.075_849_991_4),
        (4_303.430, 2.635_126_504_14, 12_566.151_699_982_8),
        (425.264, 1.590_469_807_29, 3.523_118_349),
        (119.261, 5.795_574_877_99, 26.298_319_799_8),
        (108.977, 2.966_180_019_93, 1_577.343_542_447_8),
    ],
    &[
        (52_918.870, 0.0, 0.0),
        (8_719.837, 1.072_096_652_42, 6_283.075_849_991_4),
        (309.125, 0.867_288_188_32, 12_566.151_699_982_8),
    ],
    &[(289.226, 5.843_841_987_23, 6_283.075_849_991_4)],
];

/// The apparent longitude of the sun in degrees, at an instant in days of dynamical time.
fn longitude(instant: f64) -> f64 {
    let t = (instant - J2000) / 365_250.0;
    let sum =
        |terms: &[(f64, f64, f64)]| -> f64 { terms.iter().map(|&(a, b, c)| a * (b + c * t).cos()).sum() };
    let earth = EARTH.iter().rev().fold(0.0, |above, terms| above * t + sum(terms)) * 1e-8;
    let century = t * 10.0;
    let node = (125.044_52 - 1_934.136_261 * century).to_radians();
    let mean = (280.4665 + 36_000.769_8 * century).to_radians();
    let moon = (218.3165 + 481_267.881_3 * century).to_radians();
    let nutation = -17.20 * node.sin() - 1.32 * (2.0 * mean).sin() - 0.23 * (2.0 * moon).sin()
        + 0.21 * (2.0 * node).sin();
    // The sun is nearest in January, when the earth is fastest.
    let anomaly = (357.529_11 + 35_999.050_29 * century).to_radians();
    let aberration = -20.4898 * (1.0 + 0.016_71 * anomaly.cos());
    (earth.to_degrees() + 180.0 + (nutation + aberration - 0.090_33) / 3_600.0).rem_euclid(360.0)
}

/// The instant near `guess` at which the sun comes to a longitude.
pub fn sun_at(degrees: f64, guess: f64) -> f64 {
    let mut instant = guess;
    for _ in 0..8 {
        let ahead = (degrees - longitude(instant) + 180.0).rem_euclid(360.0) - 180.0;
        instant += ahead * 365.2422 / 360.0;
    }
    instant
}

/// Days of the Julian count on clocks of UTC+7, at an instant in days of dynamical time.
pub fn clock(instant: f64) -> f64 {
    instant - delay(instant) / 86_400.0 + 7.0 / 24.0
}

/// Seconds by which clocks of Greenwich are behind dynamical time. None are counted after 2017.
fn delay(instant: f64) -> f64 {
    let year = 2000.0 + (instant - J2000) / 365.25;
    let sum = |at: f64, factors: &[f64]| {
        let t = year - at;
        factors.iter().rev().fold(0.0, |above, factor| above * t + factor)
    };
    match year {
        ..1920.0 => sum(1900.0, &[-2.79, 1.494_119, -0.059_893_9, 0.006_196_6, -0.000_197]),
        ..1941.0 => sum(1920.0, &[21.20, 0.844_93, -0.076_100, 0.002_093_6]),
        ..1961.0 => sum(1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2_547.0]),
        ..1972.0 => sum(1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0]),
        _ => LEAPS.iter().filter(|&&day| day <= instant).fold(42.184, |sum, _| sum + 1.0),
    }
}

/// The midnights since 1972 before which a second was put in (Bulletin C of the IERS).
const LEAPS: [f64; 27] = [
    2_441_499.5,
    2_441_683.5,
    2_442_048.5,
    2_442_413.5,
    2_442_778.5,
    2_443_144.5,
    2_443_509.5,
    2_443_874.5,
    2_444_239.5,
    2_444_786.5,
    2_445_151.5,
    2_445_516.5,
    2_446_247.5,
    2_447_161.5,
    2_447_892.5,
    2_448_257.5,
    2_448_804.5,
    2_449_169.5,
    2_449_534.5,
    2_450_083.5,
    2_450_630.5,
    2_451_179.5,
    2_453_736.5,
    2_454_832.5,
    2_456_109.5,
    2_457_204.5,
    2_457_754.5,
];
