# Shares files: the length of a header in four bytes, a header of JSON, then the bytes. The answer has the same form.
# Usage: python3 upload.py HOST PORT ORDER HASH FILE...  with an ORDER of big or little, and a HASH of md5, sha256, null or none.
import hashlib
import json
import os
import socket
import sys

host, port, order, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


def read(stream, size):
    data = b""
    while len(data) < size:
        part = stream.recv(size - len(data))
        if not part:
            raise EOFError("the server closed the connection")
        data += part
    return data


def hash_of(path):
    digest = hashlib.new(kind)
    with open(path, "rb") as file:
        while block := file.read(4096):
            digest.update(block)
    return digest.hexdigest()


with socket.create_connection((host, port)) as stream:
    for path in sys.argv[5:]:
        header = {"data_size": os.path.getsize(path), "filename": os.path.basename(path)}
        if kind == "null":
            header["hash"] = None
        elif kind != "none":
            header["hash"] = hash_of(path)
        text = json.dumps(header).encode()
        stream.sendall(len(text).to_bytes(4, order) + text)
        with open(path, "rb") as file:
            while block := file.read(4096):
                stream.sendall(block)
        answer = json.loads(read(stream, int.from_bytes(read(stream, 4), order)))
        if answer["error"]:
            print("error:", answer["error"])
        else:
            print("shared as number", answer["id"], "with", answer["data_size"], "bytes of answer:", len(answer["file"]), "digits")
