# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""What make_samples.py makes: one line per recording.

Levels: `peak_db` is the peak of a word, or the rms of noise that stands alone, in dB relative to
full scale. `snr_db` compares the rms of the word with the rms of the noise under it.
"""

PLAIN = {"rate": 16000, "channels": 1, "subtype": "PCM_16"}


def word(label, name, text, engine, voice, options="", at=0.25, peak_db=-6.0, noise=None,
         snr_db=0.0, seed=0, seconds=1.0, **form):
    return {"label": label, "name": name, "text": text, "engine": engine, "voice": voice,
            "options": options, "at": at, "peak_db": peak_db, "noise": noise, "snr_db": snr_db,
            "seed": seed, "seconds": seconds, "form": {**PLAIN, **form}}


def silence(name, noise=None, level_db=0.0, seed=0, seconds=1.0, **form):
    return {"label": "silence", "name": name, "text": None, "engine": None, "voice": None,
            "options": "", "at": 0.0, "peak_db": level_db, "noise": noise, "snr_db": 0.0,
            "seed": seed, "seconds": seconds, "form": {**PLAIN, **form}}


SLOW_KAL = "(Parameter.set 'Duration_Stretch 1.3)"
KAL = "voice_kal_diphone"

CLIPS = [
    word("yes", "espeak_us_male.wav", "yes", "espeak-ng", "en-us", "-s 150 -p 45"),
    word("yes", "espeak_us_female.wav", "yes", "espeak-ng", "en-us+f3", "-s 140 -p 60", at=0.2),
    word("yes", "espeak_gb_rp.wav", "yes", "espeak-ng", "en-gb-x-rp+m3", "-s 130 -p 40", at=0.3),
    word("yes", "espeak_scotland_fast.wav", "yes", "espeak-ng", "en-gb-scotland+m7",
         "-s 220 -p 50", at=0.4, peak_db=-12),
    word("yes", "flite_slt.wav", "yes", "flite", "slt"),
    word("yes", "flite_rms_slow.wav", "yes", "flite", "rms", "--setf duration_stretch=1.2",
         at=0.15),
    word("yes", "flite_awb_quiet.wav", "yes", "flite", "awb", at=0.3, peak_db=-30),
    word("yes", "festival_kal.wav", "yes", "festival", KAL),
    word("yes", "flite_slt_pink_20db.wav", "yes", "flite", "slt", at=0.3, noise="pink",
         snr_db=20, seed=101),
    word("yes", "flite_rms_white_10db.wav", "yes", "flite", "rms", at=0.2, peak_db=-9,
         noise="white", snr_db=10, seed=102),
    word("yes", "festival_kal_slow_hum_5db.wav", "yes", "festival", KAL, SLOW_KAL, at=0.1,
         peak_db=-9, noise="hum", snr_db=5, seed=103),

    word("no", "espeak_us_male.wav", "no", "espeak-ng", "en-us", "-s 150 -p 45"),
    word("no", "espeak_us_female.wav", "no", "espeak-ng", "en-us+f4", "-s 160 -p 65", at=0.2),
    word("no", "espeak_gb_low.wav", "no", "espeak-ng", "en-gb+m2", "-s 120 -p 25", at=0.2),
    word("no", "espeak_caribbean_fast.wav", "no", "espeak-ng", "en-029+m4", "-s 210 -p 50",
         at=0.45, peak_db=-12),
    word("no", "flite_slt.wav", "no", "flite", "slt"),
    word("no", "flite_rms.wav", "no", "flite", "rms", at=0.3),
    word("no", "flite_kal16_quiet.wav", "no", "flite", "kal16", at=0.2, peak_db=-30),
    word("no", "festival_kal_slow.wav", "no", "festival", KAL, SLOW_KAL),
    word("no", "flite_slt_pink_20db.wav", "no", "flite", "slt", at=0.35, noise="pink",
         snr_db=20, seed=201),
    word("no", "flite_awb_white_10db.wav", "no", "flite", "awb", at=0.2, peak_db=-9,
         noise="white", snr_db=10, seed=202),
    word("no", "espeak_us_clicks_5db.wav", "no", "espeak-ng", "en-us+m1", "-s 140", at=0.3,
         peak_db=-15, noise="clicks", snr_db=5, seed=203),

    word("unknown", "go_flite_slt.wav", "go", "flite", "slt"),
    word("unknown", "left_flite_rms.wav", "left", "flite", "rms"),
    word("unknown", "cat_espeak_us.wav", "cat", "espeak-ng", "en-us+f2", "-s 140", at=0.3),
    word("unknown", "hello_festival_kal.wav", "hello", "festival", KAL, at=0.2),
    word("unknown", "up_flite_awb.wav", "up", "flite", "awb", at=0.35),
    word("unknown", "stop_espeak_gb.wav", "stop", "espeak-ng", "en-gb+m5", "-s 150", at=0.2),
    word("unknown", "bird_flite_slt_pink_15db.wav", "bird", "flite", "slt", noise="pink",
         snr_db=15, seed=301),
    word("unknown", "marvin_flite_rms_white_20db.wav", "marvin", "flite", "rms", at=0.15,
         noise="white", snr_db=20, seed=302),
    word("unknown", "yet_flite_slt.wav", "yet", "flite", "slt", at=0.3),
    word("unknown", "note_espeak_us.wav", "note", "espeak-ng", "en-us+m3", "-s 140", at=0.3),

    silence("digital.wav"),
    silence("white_60db.wav", "white", -60, 401),
    silence("white_30db.wav", "white", -30, 402),
    silence("pink_40db.wav", "pink", -40, 403),
    silence("pink_20db.wav", "pink", -20, 404),
    silence("hum_30db.wav", "hum", -30, 405),
    silence("clicks_35db.wav", "clicks", -35, 406),

    # The same kind of thing in forms that a decoder must cope with.
    word("yes", "form_flac_16k.flac", "yes", "flite", "rms", at=0.3),
    word("yes", "form_44k1_stereo.flac", "yes", "flite", "slt", at=0.2, rate=44100, channels=2),
    word("yes", "form_8k.wav", "yes", "espeak-ng", "en-us+f1", "-s 140", at=0.25, rate=8000),
    word("no", "form_float.wav", "no", "festival", KAL, at=0.2, seconds=0.75, subtype="FLOAT"),
    word("no", "form_vorbis.ogg", "no", "flite", "rms", at=0.2, rate=48000, subtype="VORBIS"),
    word("no", "form_44k1_stereo.wav", "no", "flite", "slt", at=0.1, seconds=0.7, rate=44100,
         channels=2),
    word("unknown", "form_ulaw_8k.wav", "right", "flite", "rms", at=0.3, rate=8000,
         subtype="ULAW"),
    silence("form_8bit.wav", "pink", -30, 407, subtype="PCM_U8"),
    silence("form_short.wav", "pink", -40, 408, seconds=0.3),
]

STREAM_SECONDS = 10

# Words: start in seconds, text, synthesizer, voice, options, peak in dBFS.
STREAMS = [
    {"name": "pink_20db", "noise": "pink", "snr_db": 20, "seed": 501, "words": [
        (1.2, "yes", "flite", "slt", "", -6),
        (3.1, "left", "flite", "rms", "", -6),
        (4.9, "no", "flite", "rms", "", -6),
        (6.8, "hello", "festival", KAL, "", -9),
        (8.3, "yes", "espeak-ng", "en-us", "-s 150 -p 45", -6)]},
    {"name": "white_10db", "noise": "white", "snr_db": 10, "seed": 502, "words": [
        (1.5, "no", "espeak-ng", "en-us+f4", "-s 160 -p 65", -9),
        (3.3, "yes", "festival", KAL, "", -9),
        (5.2, "stop", "flite", "slt", "", -9),
        (7.0, "no", "flite", "awb", "", -9),
        (8.6, "up", "flite", "rms", "", -9)]},
]
